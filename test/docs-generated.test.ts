import { describe, expect, test } from 'vitest';
import { createProgram } from '../packages/cli/src/program.js';
import { commandsPage } from '../scripts/generate/commands-page.mjs';
import { settingTables } from '../scripts/generate/setting-tables.mjs';

describe('the tables of settings', () => {
  const port = {
    path: ['port'],
    variable: 'TIMS_PORT',
    schema: { description: 'The port', default: 4000 },
    secret: false,
  };
  const secret = {
    path: ['whatsapp', 'appSecret'],
    variable: 'TIMS_WHATSAPP_APP_SECRET',
    schema: { title: 'App secret', description: 'Signs the webhooks' },
    secret: true,
  };
  const page =
    '# Settings\n\n<!-- settings: port -->\n\nold\n\n<!-- end -->\n\nText.\n\n<!-- settings: whatsapp -->\n<!-- end -->\n';

  test('are filled from the schemas; the text around them stays', () => {
    expect(settingTables(page, [port, secret])).toBe(`# Settings

<!-- settings: port -->

| variable    | in the file | default | meaning  |
| ----------- | ----------- | ------- | -------- |
| \`TIMS_PORT\` | \`port\`      | \`4000\`  | The port |

<!-- end -->

Text.

<!-- settings: whatsapp -->

| variable                   | in the file          | default | meaning                        |
| -------------------------- | -------------------- | ------- | ------------------------------ |
| \`TIMS_WHATSAPP_APP_SECRET\` | \`whatsapp.appSecret\` |         | App secret: Signs the webhooks |

<!-- end -->
`);
  });

  test('a setting that stands nowhere, or does not exist, is an error', () => {
    const host = { ...port, path: ['host'], variable: 'TIMS_HOST' };
    expect(() => settingTables(page, [port, secret, host])).toThrow('host stands in 0 tables');
    expect(() => settingTables(page, [port])).toThrow('no setting whatsapp');
  });
});

describe('the reference of commands', () => {
  const page = commandsPage(createProgram());

  test('has arguments, options with choices and defaults, and examples', () => {
    const list = /## tims conversations list[\s\S]*?\n### /.exec(page)?.[0] ?? '';
    expect(list).toContain('one of `new`, `queued`, `assigned`, `pending`, `closed`');
    expect(list).toContain('how many, at most 100; `50` unless told');
    expect(list).toMatch(/^tims conversations list --team cx --status queued +# the queue of a team$/m);
    expect(page).toMatch(/^tims send \[conversation\] \[text\] \[options\]$/m);
    expect(page).toMatch(/^\| `conversation` +\| its id, or the end of it; left out with --to +\|$/m);
  });

  test('leaves out help, and no other command', () => {
    const words = createProgram().commands.map((command) => command.name());
    for (const word of words.filter((name) => name !== 'help')) expect(page).toContain(`## tims ${word} {#${word}}`);
    expect(page).not.toContain('tims help');
  });
});
