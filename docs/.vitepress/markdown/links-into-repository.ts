import { posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

/** Links to files of the repository are for readers there; the site names the file instead of leading nowhere. */
export function linksIntoRepository(md: MarkdownRenderer): void {
  md.core.ruler.push('links_into_repository', ({ tokens, env }) => {
    const folder = posix.dirname(String(env.relativePath ?? ''));
    for (const { children } of tokens) {
      let leaving = false;
      for (const token of children ?? []) {
        const href = token.type === 'link_open' ? (token.attrGet('href') ?? '') : '';
        if (/^\.\.?\//.test(href) && posix.join(folder, href).startsWith('../')) {
          leaving = true;
          token.tag = 'span';
          token.attrs = [
            ['class', 'in-repository'],
            ['title', posix.join(folder, href).replace(/^(\.\.\/)+/, '')],
          ];
        } else if (token.type === 'link_close' && leaving) {
          leaving = false;
          token.tag = 'span';
        }
      }
    }
  });
}
