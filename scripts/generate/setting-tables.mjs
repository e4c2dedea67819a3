import { markdownTable } from './markdown-table.mjs';

/** @typedef {import('../../packages/server/dist/settings.js').SettingDefinition} SettingDefinition */

const head = ['variable', 'in the file', 'default', 'meaning'];
const marked = /(<!-- settings: ([\w, ]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/**
 * Fills each `<!-- settings: port, host --> … <!-- end -->` of a page with the table of these settings. The name of a
 * plugin stands for all of its settings.
 *
 * @param {string} page in Markdown
 * @param {readonly SettingDefinition[]} definitions
 * @returns {string}
 * @throws when a setting stands in no table, in two, or does not exist
 */
export function settingTables(page, definitions) {
  const named = [...page.matchAll(marked)].flatMap(([, , names = '']) => names.split(', '));
  for (const { path } of definitions) {
    const places = named.filter((name) => name === path[0]).length;
    if (places !== 1) throw new Error(`The setting ${path.join('.')} stands in ${places} tables of the page`);
  }
  const unknown = named.find((name) => !definitions.some(({ path }) => path[0] === name));
  if (unknown) throw new Error(`There is no setting ${unknown}`);
  return page.replace(marked, (_, before, names, after) => {
    const chosen = names
      .split(', ')
      .flatMap((/** @type {string} */ name) => definitions.filter(({ path }) => path[0] === name));
    return `${before}\n${markdownTable(head, chosen.map(row))}\n\n${after}`;
  });
}

/** @returns {string[]} */
function row(/** @type {SettingDefinition} */ { variable, path, schema }) {
  const { title, description, default: standard } = /** @type {Record<string, unknown>} */ (schema);
  const meaning = [title, description].filter(Boolean).join(': ');
  const shown = standard === undefined ? '' : `\`${JSON.stringify(standard).replaceAll('"', '')}\``;
  return [`\`${variable}\``, `\`${path.join('.')}\``, shown, meaning];
}
