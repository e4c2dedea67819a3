export * from './client.js';
export type * from './control-schemas.js';
export { type Simulator, type SimulatorOptions, startSimulator } from './server.js';
