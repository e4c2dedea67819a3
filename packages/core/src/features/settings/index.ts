export { getSettings, listContactKinds, updateSettings } from './actions.js';
export { createRuleBook, type RuleBook, type Rules } from './rules.js';
export { defaultOrganizationSettings, OrganizationSettings, OrganizationSettingsPatch } from './schema.js';
