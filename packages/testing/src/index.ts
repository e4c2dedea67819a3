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
export { type Line, openLine } from './line.js';
export { startTestServer, type TestServer, type TestServerOptions } from './server.js';
export {
  envelope,
  newWamid,
  type SignedWebhook,
  signWebhook,
  statusWebhook,
  textWebhook,
  together,
} from './whatsapp.js';
