import type { Caller, Input } from './call.js';
import { operationTable } from './generated/operations.js';
import { listCall } from './list-call.js';
import type { Operation } from './operation.js';
import type { CallOptions, Resources } from './types.js';

/** The resources, built from the generated table: no operation is written by hand. */
export function createResources(call: Caller): Resources {
  const resources: Record<string, Record<string, unknown>> = {};
  for (const [id, operation] of Object.entries<Operation>(operationTable)) {
    const [resource = '', verb = ''] = id.split('.');
    resources[resource] = { ...resources[resource], [verb]: bind(call, operation) };
  }
  return resources as unknown as Resources; // the types are generated from the same document as the table
}

function bind(call: Caller, operation: Operation) {
  if (!operation.list) return (input?: Input, options?: CallOptions) => call(operation, input, options);
  return (input?: Input, options?: CallOptions) =>
    listCall((cursor) => call(operation, cursor === undefined ? input : { ...input, cursor }, options));
}
