import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../source-files.js';

/** What snippets may import, and where it is installed. */
const packages = {
  '@tims/sdk': 'packages/sdk',
  '@tims/core': 'packages/core',
  '@tims/server': 'packages/server',
  '@tims/testing': 'packages/testing',
  '@types/node': 'node_modules/@types/node',
  '@types/react': 'packages/cli/node_modules/@types/react',
  '@types/ws': 'packages/cli/node_modules/@types/ws',
  react: 'packages/cli/node_modules/react',
  ws: 'packages/cli/node_modules/ws',
};

/** A folder outside the repository in which a reader's program could stand. */
export interface Workshop {
  /** What the compiler says against the files, as `name:line message`. */
  typeCheck(files: Record<string, string>): string[];
  /** Runs a TypeScript program in Node to its end. */
  runProgram(code: string, env: NodeJS.ProcessEnv): Promise<Ended>;
  close(): void;
}

export interface Ended {
  code: number | null;
  output: string;
}

export function openWorkshop(): Workshop {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tims-snippets-')));
  for (const [name, place] of Object.entries(packages)) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(root, place)), link);
  }
  // A program that stands in the repository's folder finds its examples there.
  symlinkSync(join(root, 'examples'), join(folder, 'examples'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  let serial = 0;
  return {
    typeCheck(files) {
      for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code);
      const places = Object.keys(files).map((name) => join(folder, name));
      const program = ts.createProgram(places, compilerOptions);
      return places.flatMap((place) => faultsIn(program, place)).map((fault) => fault.replace(`${folder}/`, ''));
    },
    runProgram(code, env) {
      const file = join(folder, `program-${++serial}.mjs`);
      // What is still open, such as a socket, would keep a program from ending that has come to its end.
      const text = `${ts.transpileModule(code, { compilerOptions: asModule }).outputText}\nprocess.exit(0);\n`;
      writeFileSync(file, text);
      return ended(process.execPath, [file], { cwd: folder, env });
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function faultsIn(program: ts.Program, place: string): string[] {
  const source = program.getSourceFile(place);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((one) => {
    const line = source?.getLineAndCharacterOfPosition(one.start ?? 0).line ?? 0;
    return `${place}:${line + 1} ${ts.flattenDiagnosticMessageText(one.messageText, ' ')}`;
  });
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  jsx: ts.JsxEmit.ReactJSX,
  types: ['node'],
  customConditions: ['source'],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
};

/** Alone, a text does not know that it stands in a package of modules. */
const asModule: ts.CompilerOptions = { ...compilerOptions, module: ts.ModuleKind.ESNext };

/** Runs a command and keeps what it says; `until` stops it, and all it started, as soon as that was said. */
export function ended(
  command: string,
  args: string[],
  { cwd, env, until }: { cwd: string; env: NodeJS.ProcessEnv; until?: string },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const stop = () => child.pid && process.kill(-child.pid, 'SIGTERM');
    const late = setTimeout(stop, 60_000);
    let output = '';
    let said = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (until === undefined || said || !output.includes(until)) return;
        said = true;
        stop();
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(late);
      resolve({ code: said ? 0 : code, output });
    });
  });
}
