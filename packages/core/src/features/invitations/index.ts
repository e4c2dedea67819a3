export { acceptInvitation, createInvitation, deleteInvitation, resendInvitation } from './actions.js';
export { previewInvitation } from './reads.js';
export { listInvitations } from './repository.js';
export {
  Acceptance,
  Accepted,
  Invitation,
  InvitationPreview,
  InvitationToken,
  NewInvitation,
  SentInvitation,
} from './schema.js';
