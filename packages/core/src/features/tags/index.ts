export {
  addFirstTags,
  createTag,
  deleteTag,
  keepTagFor,
  tagContact,
  tagConversation,
  tagMessage,
  untagContact,
  untagConversation,
  untagMessage,
  updateTag,
  usableTag,
} from './actions.js';
export { retag } from './actions-retag.js';
export { listTags } from './reads.js';
export { NewTag, Tag, TagChoice, TagPatch } from './schema.js';
