import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operationTable as tableOf } from '../../../scripts/generate/operation-table.mjs';
import { operationTable } from '../src/generated/operations.js';
import { createTims } from '../src/index.js';

const document = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'));

/** A document with one operation. */
const withOperation = (operation: object, path = '/api/things/{id}') => ({
  paths: { [path]: { post: { operationId: 'things.change', 'x-permission': 'public', responses: {}, ...operation } } },
});
const parameter = (place: string, name: string) => ({ in: place, name });
const body = (schema: object) => ({ content: { 'application/json': { schema } } });

describe('the document', () => {
  it('makes the table that is committed', () => {
    expect(tableOf(document)).toEqual(operationTable);
  });

  it('has every operation as a function', () => {
    const tims: object = createTims({ url: 'http://127.0.0.1' });
    for (const id of Object.keys(operationTable)) {
      const [resource = '', verb = ''] = id.split('.');
      expect(Reflect.get(Object(Reflect.get(tims, resource)), verb), id).toBeTypeOf('function');
    }
  });

  it('names no resource like something that the client has itself', () => {
    const resources = new Set(Object.keys(operationTable).map((id) => id.split('.')[0]));
    for (const own of ['login', 'logout', 'signedIn', 'then']) expect(resources).not.toContain(own);
  });
});

describe('an operation that cannot be called with one flat object', () => {
  const id = parameter('path', 'id');

  it.each([
    ['path and query', { parameters: [id, parameter('query', 'id')] }],
    ['path and body', { parameters: [id], requestBody: body({ type: 'object', properties: { id: {} } }) }],
    [
      'query and a variant of the body',
      {
        parameters: [parameter('query', 'to')],
        requestBody: body({
          anyOf: [
            { type: 'object', properties: { a: {} } },
            { type: 'object', properties: { to: {} } },
          ],
        }),
      },
    ],
  ])('is refused when %s share a name', (_name, operation) => {
    expect(() => tableOf(withOperation(operation))).toThrow(/is in two of path, query and body/);
  });

  it('is refused when its body is no object, its name no resource.verb, or it wants a header', () => {
    expect(() => tableOf(withOperation({ requestBody: body({ type: 'array' }) }))).toThrow(/no object/);
    expect(() => tableOf(withOperation({ operationId: 'change' }))).toThrow(/not resource\.verb/);
    expect(() => tableOf(withOperation({ parameters: [parameter('header', 'X-Mode')] }))).toThrow(/X-Mode/);
  });

  it('is refused when its body is of a type that nothing sends', () => {
    const xml = { requestBody: { content: { 'text/xml': { schema: { type: 'string' } } } } };
    expect(() => tableOf(withOperation(xml))).toThrow(/text\/xml/);
    const both = { requestBody: { content: { ...body({ type: 'object' }).content, 'text/csv': {} } } };
    expect(() => tableOf(withOperation(both))).toThrow(/application\/json or text\/csv/);
    const file = { parameters: [parameter('query', 'csv')], requestBody: { content: { 'text/csv': {} } } };
    expect(() => tableOf(withOperation(file))).toThrow(/"csv" is in two/);
  });

  it('is taken when only one place has each name', () => {
    const operation = {
      parameters: [id, parameter('query', 'at')],
      requestBody: body({ type: 'object', properties: { to: {} } }),
    };
    expect(tableOf(withOperation(operation))).toEqual({
      'things.change': { method: 'POST', path: '/api/things/{id}', query: ['at'], body: true, open: true },
    });
  });
});
