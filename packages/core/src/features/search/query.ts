import { type Unit, unitsOf } from './units.js';
import { cut, joined } from './words.js';

/** What a hit must have: these units one after the other. */
export interface Term {
  units: readonly string[];
  /** The last unit may go on. */
  open: boolean;
}

/** A question, as it is asked of the index and compared with texts. */
export interface Query {
  terms: readonly Term[];
  /** Words that a document must have. */
  words: readonly string[];
  /** What some word of a document must begin with. */
  prefixes: readonly string[];
}

const mostTerms = 12;

/**
 * Reads what somebody typed: every word must be there, the last one may be its beginning, and what stands in quotation
 * marks must stand so in the text. There is no other syntax, so nothing that is typed can be wrong.
 */
export function parseQuery(typed: string): Query {
  const pieces = [...typed.replace(/[“”„«»「」『』]/g, '"').matchAll(/"([^"]*)"?|([^"]+)/g)];
  const terms = pieces.flatMap(([, quoted, free], index) => {
    if (quoted !== undefined) return [unitsOf(quoted)];
    const runs = apart(unitsOf(free ?? ''));
    const last = index === pieces.length - 1 ? runs.at(-1) : undefined;
    return runs.map((run) => (run === last && run[0]?.solid === false ? Object.assign(run, { open: true }) : run));
  });
  return toQuery(terms.filter((units) => units.length > 0).slice(0, mostTerms));
}

/** Words one by one; a run of characters without spaces stays together, as it would not be split by who wrote it. */
function apart(units: readonly Unit[]): Unit[][] {
  const runs: Unit[][] = [];
  for (const unit of units) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && joined(before, unit)) run.push(unit);
    else runs.push([unit]);
  }
  return runs;
}

function toQuery(terms: readonly (Unit[] & { open?: boolean })[]): Query {
  const words = new Set<string>();
  const prefixes = new Set<string>();
  for (const units of terms) {
    units.forEach((unit, index) => {
      const next = units[index + 1];
      const before = units[index - 1];
      if (next && joined(unit, next)) words.add(cut(unit.text + next.text));
      else if (unit.solid && before && joined(before, unit)) return;
      else if (unit.solid || (units.open && !next)) prefixes.add(cut(unit.text));
      else words.add(cut(unit.text));
    });
  }
  return {
    terms: terms.map((units) => ({ units: units.map((unit) => unit.text), open: units.open ?? false })),
    words: [...words],
    prefixes: [...prefixes],
  };
}
