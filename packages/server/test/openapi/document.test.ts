import { Validator } from '@seriousme/openapi-schema-validator';
import { errorCatalogue, eventTypes, permissions } from '@tims/core';
import { openSqlite } from '@tims/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../stage/index.js';
import { type Document, type Operation, operationsOf, type Schema } from './answers.js';

let stage: Stage;
let document: Document;
let operations: ReturnType<typeof operationsOf>;

beforeAll(async () => {
  stage = await openStage(await openSqlite());
  document = (await stage.call('GET', '/openapi.json')).body;
  operations = operationsOf(document);
});
afterAll(() => stage.close());

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(JSON.parse(JSON.stringify(document)));
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('names every operation once, as resource.verb, with a summary and a tag', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations) {
      expect(operation.operationId, path).toMatch(/^[a-z][a-zA-Z]*\.[a-zA-Z]+$/);
      expect(operation.summary?.length, path).toBeGreaterThan(3);
      expect(operation.tags, path).toEqual([expect.any(String)]);
    }
  });

  it('says of every operation who may call it', () => {
    const known = ['public', 'signed_in', ...permissions];
    for (const { path, operation } of operations) {
      const access = operation['x-permission'];
      expect(known, path).toContain(access);
      expect(operation.security, path).toEqual(access === 'public' ? undefined : [{ bearer: [] }]);
    }
  });

  it('says of every operation how it fails, in codes that exist', () => {
    for (const { path, operation } of operations) {
      const codes = problemCodes(operation);
      for (const code of codes) expect(Object.keys(errorCatalogue), path).toContain(code);
      expect(codes, path).toContain('internal_error');
      if (operation.security) expect(codes, path).toContain('unauthorized');
      if (operation.security && operation['x-permission'] !== 'signed_in') expect(codes, path).toContain('forbidden');
      if (path.includes('{id}')) expect(codes, path).toContain('not_found');
      if (operation.requestBody)
        expect(codes, path).toEqual(expect.arrayContaining(['validation_failed', 'malformed_body']));
    }
  });

  it('has every type of event as a webhook, and no other', () => {
    expect(Object.keys(document.webhooks).sort()).toEqual(Object.keys(eventTypes).sort());
    const { schema } = document.webhooks['message.created']?.post.requestBody?.content['application/json'] ?? {};
    expect(schema).toEqual({ $ref: '#/components/schemas/Event' });
  });

  it('refers to nothing that is not there, and keeps nothing that nobody refers to', () => {
    const text = JSON.stringify({
      paths: document.paths,
      webhooks: document.webhooks,
      schemas: document.components.schemas,
    });
    const referred = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]));
    expect([...referred].sort()).toEqual(Object.keys(document.components.schemas).sort());
  });

  it('refuses fields that a request does not have', () => {
    for (const { path, operation } of operations) {
      const body = operation.requestBody?.content['application/json']?.schema;
      for (const schema of body ? shapesOf(body) : []) {
        expect((schema as { additionalProperties?: boolean }).additionalProperties, path).toBe(false);
      }
    }
  });

  it('shows no secret setting of this server', () => {
    expect(JSON.stringify(document)).not.toContain('app-secret-of-the-tests');
  });
});

describe('/docs', () => {
  it('needs nothing from elsewhere', async () => {
    const page = await stage.call('GET', '/docs/');
    expect(page.status).toBe(200);
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      const url = new URL(asset, 'http://tims.test/docs/');
      expect(url.host, asset).toBe('tims.test');
      expect((await stage.call('GET', url.pathname)).status, asset).toBe(200);
    }
    const policy = page.headers['content-security-policy'];
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/https?:\/\//);
  });

  it('shows this document', async () => {
    const page = await stage.call('GET', '/docs/static/swagger-initializer.js');
    expect(page.text).toContain('/json');
    expect((await stage.call('GET', '/docs/json')).body).toEqual(document);
  });

  it('serves nothing beside its own files', async () => {
    for (const path of [
      '/docs/static/../../package.json',
      '/docs/static/%2e%2e%2f%2e%2e%2fpackage.json',
      '/docs/static/..%5c..%5cpackage.json',
    ]) {
      const answer = await stage.call('GET', path);
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(answer.text, path).not.toContain('"version"');
    }
  });
});

/** The codes that an operation's errors name. */
function problemCodes({ responses = {} }: Operation): string[] {
  return Object.values(responses)
    .filter(({ content }) => content?.['application/problem+json'])
    .flatMap(({ description }) => description.split(', '));
}

/** The object schemas that a body may have. */
function shapesOf(schema: Schema): Schema[] {
  if (schema.$ref) return shapesOf(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] as Schema);
  return schema.anyOf ? schema.anyOf.flatMap(shapesOf) : [schema];
}
