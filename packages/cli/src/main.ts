import { createProgram } from './program.js';
import { report } from './report.js';

// `tims conversations list | head` closes our output early; that is how the person wanted it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const words = process.argv.slice(2);
try {
  await createProgram().parseAsync(words.length === 0 ? ['--help'] : words, { from: 'user' });
} catch (error) {
  process.exitCode = await report(error);
}
