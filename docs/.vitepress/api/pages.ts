import { curlCall, sdkCall } from './calls.js';
import {
  type ApiDocument,
  errorsOf,
  type Operation,
  operationsOf,
  resolve,
  type Schema,
  successOf,
} from './document.js';
import { exampleOf } from './example.js';
import { anchorOf, fieldRows, limitText, table, typeText } from './schema-text.js';

/** One page of the reference. */
export interface ApiPage {
  tag: string;
  title: string;
  markdown: string;
}

/** A page for each tag, and one for the shapes that they share. */
export function apiPages(document: ApiDocument): ApiPage[] {
  return [...document.tags.map(({ name, description }) => tagPage(document, name, description)), shapesPage(document)];
}

function tagPage(document: ApiDocument, tag: string, description: string): ApiPage {
  const title = titleOf(tag);
  const operations = operationsOf(document, tag).map((operation) => section(document, operation));
  const more = tag === 'events' ? [eventTypes(document)] : [];
  return { tag, title, markdown: [`# ${title}`, `${description}.`, ...operations, ...more].join('\n\n') };
}

/** `followUps` is called "Follow ups". */
export const titleOf = (tag: string) =>
  tag.charAt(0).toUpperCase() + tag.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function section(document: ApiDocument, operation: Operation): string {
  const { operationId, summary, verb, method, path, parameters = [], requestBody } = operation;
  const body = (requestBody?.content['application/json'] ?? requestBody?.content['text/csv'])?.schema;
  return [
    `## ${operationId} {#${verb}}`,
    `${summary}.`,
    `<p class="operation"><span class="method ${method.toLowerCase()}">${method}</span><code>${path}</code>${permission(operation)}</p>`,
    ...callsPart(document, operation),
    ...parameterTable(document, verb, parameters),
    ...(body ? bodyPart(document, verb, body) : []),
    answerPart(document, operation),
    errorsPart(operation),
  ].join('\n\n');
}

/** The same call in a shell and in a program. Tests make the first and compile the second. */
function callsPart(document: ApiDocument, operation: Operation): string[] {
  const curl = curlCall(document, operation);
  const sdk = sdkCall(document, operation);
  const blocks = [
    ...(curl ? [fence('sh [curl] no-run="test/docs-api.test.ts does"', curl)] : []),
    ...(sdk ? [fence('ts [SDK] check="one of many that change the same things"', sdk)] : []),
  ];
  return blocks.length > 0 ? ['::: code-group', ...blocks, ':::'] : [];
}

/** Who may call it, with the way to the page that says who that is. */
function permission({ 'x-permission': access }: Operation): string {
  if (access === 'public') return '<span class="permission open">no sign-in</span>';
  if (access === 'signed_in') return '<span class="permission">everybody signed in</span>';
  return `<a class="permission" href="/roles#permissions" title="The permission that it needs">${access}</a>`;
}

function parameterTable(document: ApiDocument, verb: string, parameters: Operation['parameters'] = []): string[] {
  const rows = parameters.map(({ name, required, description, schema, ...parameter }) => ({
    name: parameter.in === 'header' ? 'Idempotency-Key' : name,
    type:
      parameter.in === 'header'
        ? 'header'
        : `${typeText(document, schema)}${parameter.in === 'path' ? ', in the path' : ''}`,
    required,
    meaning: [description ?? '', parameter.in === 'header' ? '' : limitText(schema)].filter(Boolean).join('; '),
  }));
  return rows.length === 0 ? [] : [`### Parameters {#${verb}-parameters}`, table(rows, { marks: true })];
}

function bodyPart(document: ApiDocument, verb: string, schema: Schema): string[] {
  const { anyOf, description } = resolve(document, schema);
  const tables = (anyOf ?? [schema]).map((one) => table(fieldRows(document, one), { marks: true }));
  return [`### Body {#${verb}-body}`, ...(description ? [`${description}.`] : []), tables.join('\n\nor\n\n')];
}

function answerPart(document: ApiDocument, operation: Operation): string {
  const { status, type, schema } = successOf(operation);
  const head = `### Answer {#${operation.verb}-answer}`;
  if (status === '204') return `${head}\n\n\`204\`, without a body.`;
  if (status === '101') return `${head}\n\n\`101\`: the socket is open. [Realtime](/realtime) says what comes over it.`;
  if (!schema || type !== 'application/json') return `${head}\n\n\`${status}\`, as \`${type}\`.`;
  const plain = resolve(document, schema);
  const what = schema.$ref ? typeText(document, schema) : 'these fields';
  return [
    head,
    `\`${status}\` with ${listOf(document, plain) ?? what}.`,
    ...(schema.$ref ? [] : [table(fieldRows(document, schema), { marks: false })]),
    `::: details Example\n${fence(`json schema="${operation.operationId}"`, JSON.stringify(exampleOf(document, schema), null, 2))}\n:::`,
  ].join('\n\n');
}

function listOf(document: ApiDocument, { properties }: Schema): string | undefined {
  const items = properties?.data?.items;
  return items && `a list of ${typeText(document, items)}`;
}

/** Each code is explained once, on the page of errors. */
function errorsPart(operation: Operation): string {
  const link = (code: string) => `[\`${code}\`](/errors#${code})`;
  const groups = errorsOf(operation).map(({ status, codes }) => `**${status}** ${codes.map(link).join(', ')}`);
  return `### Errors {#${operation.verb}-errors}\n\n${groups.join(' · ')}`;
}

function eventTypes({ webhooks }: ApiDocument): string {
  const rows = Object.entries(webhooks).map(([type, { post }]) => `| \`${type}\` | ${post.summary} |`);
  return ['## Types of events {#types}', ['| type | when |', '| --- | --- |', ...rows].join('\n')].join('\n\n');
}

function shapesPage(document: ApiDocument): ApiPage {
  const sections = Object.entries(document.components.schemas).map(([name, schema]) => {
    const variants = schema.anyOf ?? [schema];
    const tables = variants.map((one) => table(fieldRows(document, one), { marks: true })).join('\n\nor\n\n');
    return [
      `## ${name} {#${anchorOf(name)}}`,
      ...(schema.description ? [`${sentence(schema.description)}`] : []),
      tables,
    ].join('\n\n');
  });
  const intro = 'What requests and answers are made of. Ids, times and lists are explained in the [overview](/api/).';
  return { tag: 'shapes', title: 'Shapes', markdown: ['# Shapes', intro, ...sections].join('\n\n') };
}

const sentence = (text: string) => (text.endsWith('.') ? text : `${text}.`);

const fence = (info: string, code: string) => `\`\`\`${info}\n${code}\n\`\`\``;
