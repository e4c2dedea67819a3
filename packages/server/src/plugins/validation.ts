import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

type Fault = FastifySchemaValidationError;

/** The most of a field's name that is said back: it may be as long as the body. */
const longestPath = 200;

/**
 * Checks requests. A body is taken as it is; a query has only texts, so a number or a truth value is read from one, but
 * from nothing else that JavaScript would call a number: `limit=1.5` or `limit=true` is refused.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  return (value: unknown) => {
    const read = httpPart === 'querystring' ? typed(schema, value) : value;
    return compiled.Check(read) ? { value: read } : { error: faultsOf(compiled.Errors(read)) };
  };
};

function typed(schema: TSchema, query: unknown): unknown {
  const properties = 'properties' in schema ? (schema.properties as Record<string, { type?: string }>) : {}; // an object's
  return Object.fromEntries(
    Object.entries(query ?? {}).map(([name, text]) => [name, readValue(properties[name]?.type, text)]),
  );
}

function readValue(type: string | undefined, text: unknown): unknown {
  if (typeof text !== 'string') return text;
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** One fault for each field, under the field's own path. */
function faultsOf(errors: readonly Fault[]): Fault[] {
  const against = nearestBranches(errors);
  // The validator stops after so many unknown fields before it sums them up: then each speaks for itself.
  const named = against.some(isWhole) ? against.filter(isWhole).flatMap(eachField) : against.map(unknownField);
  const byPath = new Map(named.map((fault) => [fault.instancePath, fault]));
  return [...byPath.values()].map((fault) => ({ ...fault, instancePath: fault.instancePath.slice(0, longestPath) }));
}

function isWhole({ keyword }: Fault): boolean {
  return keyword !== 'boolean';
}

function unknownField(fault: Fault): Fault {
  return { ...fault, message: 'is not a field here' };
}

/** Missing and unknown fields, which the validator tells apart from the path, and several at once. */
function eachField(fault: Fault): Fault[] {
  const { instancePath, params, keyword } = fault;
  const under = (names: unknown, message: string): Fault[] =>
    Array.isArray(names)
      ? names.map((name) => ({ ...fault, instancePath: `${instancePath}/${pointer(name)}`, message }))
      : [fault];
  if (keyword === 'required') return under(params.requiredProperties, 'is missing');
  if (keyword === 'additionalProperties') return under(params.additionalProperties, 'is not a field here');
  return [fault];
}

function pointer(name: unknown): string {
  return String(name).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Of what may have one of several shapes, only the faults against the shape that it comes nearest to. */
function nearestBranches(errors: readonly Fault[]): Fault[] {
  const union = errors.find((error) => error.keyword === 'anyOf');
  if (!union) return [...errors];
  const start = `${union.schemaPath}/anyOf/`;
  const branches = new Map<string, Fault[]>();
  for (const error of errors.filter(({ schemaPath }) => schemaPath.startsWith(start))) {
    const branch = error.schemaPath.slice(start.length).split('/')[0] ?? '';
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  const [nearest] = [...branches.values()].sort((a, b) => weightOf(a) - weightOf(b));
  const others = errors.filter((error) => error !== union && !error.schemaPath.startsWith(start));
  return nearestBranches([...others, ...(nearest ?? [{ ...union, keyword: 'shape' }])]);
}

/** Fields that do not belong there speak louder against a shape than those with a wrong value. */
function weightOf(faults: readonly Fault[]): number {
  return faults.reduce((sum, { keyword }) => sum + (keyword === 'boolean' ? 3 : 1), 0);
}
