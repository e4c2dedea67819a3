/**
 * The closing summary: a table of the parts, what the machine lacks, and as the last line `N passed, N failed`.
 *
 * @param {import('./run-part.mjs').Result[]} results
 * @param {{lackFails: boolean}} options
 * @returns {string}
 */
export function summary(results, { lackFails }) {
  const width = Math.max(...results.map((result) => result.name.length));
  const table = results.map(
    (result) =>
      `  ${result.name.padEnd(width)}  ${label[result.state].padEnd(8)} ${(result.ms / 1000).toFixed(1).padStart(7)} s${detail(result)}`,
  );
  const lacks = [...new Set(results.flatMap((result) => result.lacks))];
  const sum = (/** @type {'passed' | 'failed'} */ key) => results.reduce((total, result) => total + result[key], 0);
  return [
    '',
    ...table,
    '',
    ...(lacks.length > 0 ? [...lackBanner(lacks, lackFails), ''] : []),
    `${sum('passed')} passed, ${sum('failed')} failed`,
  ].join('\n');
}

const label = { ok: 'ok', failed: 'FAILED', lacking: 'LACKING' };

function detail(/** @type {import('./run-part.mjs').Result} */ { passed, failed, skipped }) {
  if (passed + failed + skipped <= 1) return '';
  return `  ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function lackBanner(/** @type {string[]} */ lacks, /** @type {boolean} */ lackFails) {
  return [
    `NOT ALL WAS TESTED. THIS MACHINE LACKS:${lackFails ? ' (with CI=true each of these is a failure)' : ''}`,
    ...lacks.map((lack) => `  - ${lack}`),
  ];
}
