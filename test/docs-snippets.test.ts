import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDocument } from '../docs/.vitepress/api/document.js';
import { createKeymap } from '../packages/cli/src/inbox/keys/keymap.js';
import { newPlace } from '../packages/cli/test/process.js';
import { answerFault } from './snippets/answer-fault.js';
import { type Demo, demoPassword, openDemo, shellTools } from './snippets/demo.js';
import { attribute, exportsSomething, pagesWithSnippets, programOf, treatmentOf } from './snippets/snippets.js';
import { openWorkshop, type Workshop } from './snippets/workshop.js';
import { root } from './source-files.js';

const pages = pagesWithSnippets();
const treated = pages.map(({ path, snippets }) => ({
  path,
  snippets: snippets.map((snippet) => ({ ...snippet, treatment: treatmentOf(snippet) })),
}));
/** Pages of the API reference show one call after the other; test/docs-api.test.ts makes them. */
const isReference = (path: string) => /^docs\/api\/(?!index)/.test(path);
const programs = treated.filter(({ path }) => !isReference(path));
/** What their calls begin with. */
const signedIn = `import { createTims } from '@tims/sdk';
const tims = createTims({ url: '' });
const refreshToken = '';`;

let workshop: Workshop;
let demo: Demo;
beforeAll(async () => {
  workshop = openWorkshop();
  demo = await openDemo();
});
afterAll(async () => {
  await demo?.close();
  workshop?.close();
});

test('TypeScript in the documents compiles', () => {
  const files: Record<string, string> = {};
  for (const { path, snippets } of treated) {
    const name = path.replace(/\W+/g, '-');
    const code = snippets.filter(({ language, treatment }) => /^tsx?$/.test(language) && treatment !== 'none');
    const modules = code.filter((snippet) => exportsSomething(snippet));
    const program = code.filter((snippet) => !exportsSomething(snippet));
    const begin = isReference(path) ? [{ code: signedIn }] : [];
    if (program.length > 0) files[`${name}.ts`] = programOf([...begin, ...program]);
    for (const { line, language, code: text } of modules) files[`${name}-${line}.${language}`] = text;
  }
  expect(Object.keys(files).length).toBeGreaterThan(5);
  expect(workshop.typeCheck(files)).toEqual([]);
});

const withPrograms = (language: string) =>
  programs
    .map(({ path, snippets }) => ({
      path,
      run: snippets.filter((one) => one.language === language && one.treatment === 'run'),
    }))
    .filter(({ run }) => run.length > 0);

describe('a program in the documents does what it says', () => {
  test.each(withPrograms('ts'))('$path', async ({ run }) => {
    await demo.someoneWrites();
    const env = { ...demo.env, TIMS_DEMO_PASSWORD: demoPassword };
    const ended = await workshop.runProgram(await demo.real(programOf(run)), env);
    expect(ended, ended.output).toMatchObject({ code: 0 });
  });
});

describe('a tims.config.ts in the documents is read', () => {
  const configs = programs.flatMap(({ snippets }) => snippets.filter(({ code }) => code.includes('defineConfig(')));
  test.each(configs)('$path:$line', async ({ code }) => {
    const place = newPlace();
    symlinkSync(join(root, 'examples'), join(place.folder, 'examples'));
    writeFileSync(join(place.folder, 'tims.config.ts'), code);
    const { stdout } = await place.tims(['doctor'], { env: { TIMS_PORT: '', TIMS_SIMULATOR_PORT: '' } });
    await place.leave();
    expect(stdout).toMatch(/^ok +settings +from tims\.config\.ts/m);
  });
});

describe.skipIf(!shellTools())('a shell script in the documents does what it says', () => {
  test.each(withPrograms('sh'))('$path', async ({ run }) => {
    const ended = await demo.shell(await demo.real(run.map(({ code }) => code).join('\n')));
    expect(ended, ended.output).toMatchObject({ code: 0 });
  });

  const endless = programs.flatMap(({ snippets }) => snippets.filter(({ treatment }) => treatment === 'until'));
  test.each(endless)('$path:$line goes on until it is stopped', async (snippet) => {
    const writing = setInterval(() => void demo.someoneWrites().catch(() => {}), 1_000);
    const ended = await demo.shell(await demo.real(snippet.code), { until: attribute(snippet, 'until') ?? '' });
    clearInterval(writing);
    expect(ended, ended.output).toMatchObject({ code: 0 });
  });
});

describe('JSON in the documents is understood by what reads it', () => {
  const compared = treated.flatMap(({ snippets }) => snippets.filter(({ treatment }) => treatment === 'compare'));
  test.each(compared)('$path:$line', (snippet) => {
    const [schema, value] = [attribute(snippet, 'schema') ?? '', JSON.parse(snippet.code)];
    if (schema === 'inbox.keys') expect(createKeymap(value.inbox.keys).bindings.length).toBeGreaterThan(0);
    else expect(answerFault(readDocument(), schema, value)).toBeUndefined();
  });
});

describe('a block that nobody would try', () => {
  const block = (language: string, info: string) => ({ path: 'docs/page.md', line: 7, language, info, code: 'x' });
  test.each([
    ['js', ''],
    ['json', ''],
    ['tsx', ''],
    ['yaml', ''],
    ['bash', ''],
    ['typescript', 'check="why"'],
    ['json', 'no-run=""'],
  ])('is refused: ```%s %s', (language, info) => {
    expect(() => treatmentOf(block(language, info))).toThrow(/docs\/page\.md:7 .* neither run nor checked/);
  });

  test('each block of a page sees what stands before it, and may name it anew', () => {
    const code = programOf([
      { ...block('ts', ''), code: "import { a } from 'a';\nconst one = a;\n" },
      { ...block('ts', ''), code: "import { a } from 'a';\nconst two = one;\n" },
      { ...block('ts', ''), code: 'const one = two;\n' },
    ]);
    expect(code.match(/import/g)).toHaveLength(1);
    expect(code.indexOf('import')).toBe(0);
    expect(code.match(/[{}]/g)?.join('')).toMatch(/^\{\}\{\{\{\}\}\}\{\}$/);
  });
});
