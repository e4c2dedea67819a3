import type { MarkdownRenderer } from 'vitepress';

/** Makes each row of the tables on the page of errors a place to link to: `/errors#conversation_taken`. */
export function errorAnchors(md: MarkdownRenderer): void {
  md.core.ruler.push('error_anchors', ({ tokens, env }) => {
    if (env.relativePath !== 'errors.md') return;
    tokens.forEach((token, index) => {
      const row = tokens[index - 1];
      const [code] = tokens[index + 1]?.children ?? [];
      if (token.type === 'td_open' && row?.type === 'tr_open' && code?.type === 'code_inline')
        row.attrSet('id', code.content);
    });
  });
}
