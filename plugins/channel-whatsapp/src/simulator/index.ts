export * from './client.js';
export type * from './control-schemas.js';
export { type DemoCustomers, type DemoOptions, startDemoCustomers } from './demo/customers.js';
export { demoNumber } from './demo/number.js';
export { demoPersonas, type Persona } from './demo/personas.js';
export { type Simulator, type SimulatorOptions, startSimulator } from './server.js';
