/** What the `tims` command does on this machine's installation. It loads no HTTP until a server is started. */
export { type Seeded, seed, seedVersion } from './demo/seed/fill.js';
export { seedDemo } from './demo/seed/index.js';
export { type Numbers, numbersFrom } from './demo/seed/numbers.js';
export { type LoadedSettings, loadSettings, SettingsError } from './load-settings.js';
export { type KeptMail, listMails, readMail } from './mail/kept-mails.js';
export { demandFreePort, urlOf } from './ports.js';
export { runServer } from './run.js';
export { channelsThatDoNotOpen, secretKeyOf } from './secret-key.js';
export { type SettingDefinition, settingDefinitions } from './settings.js';
export { coreSettings, makeDataDir, openStorage } from './start.js';
export { StartError } from './start-error.js';
