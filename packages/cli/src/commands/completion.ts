import { Argument, type Command } from 'commander';
import { examples } from '../command.js';

const shells = ['bash', 'zsh', 'fish'] as const;

export function completion(program: Command): void {
  const command = program
    .command('completion')
    .addArgument(new Argument('<shell>').choices(shells))
    .description("print a script that completes this command's words in your shell");
  examples(command, {
    'source <(tims completion bash)': 'in ~/.bashrc',
    'source <(tims completion zsh)': 'in ~/.zshrc, after compinit',
    'tims completion fish | source': 'in ~/.config/fish/config.fish',
  }).action(async (shell: (typeof shells)[number]) => {
    const [scripts, { print }] = await Promise.all([import('../completion-scripts.js'), import('../output/print.js')]);
    print(scripts[shell](scripts.wordsOf(program)));
  });
}
