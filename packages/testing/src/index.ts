export * from './channel-contract.js';
export * from './databases/index.js';
export {
  addTestOrganization,
  openTestInstallation,
  type TestInstallation,
  type TestInstallationOptions,
  testAppSecret,
  testPassword,
} from './installation.js';
export { startTestServer, type TestServer } from './server.js';
export {
  envelope,
  newWamid,
  type SignedWebhook,
  signWebhook,
  statusWebhook,
  textWebhook,
  together,
} from './whatsapp.js';
