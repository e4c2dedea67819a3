import { Box, Text } from 'ink';
import { createContext, memo, useContext } from 'react';
import type { Line } from './line.js';
import { type Theme, themeFor } from './theme.js';

export const ThemeContext = createContext<Theme>(themeFor({}));

interface Props {
  lines: readonly Line[];
  width: number;
  height: number;
}

/** A rectangle of lines. They come in its width already: nothing is measured or wrapped here. */
export function Lines({ lines, width, height }: Props) {
  const rows = Array.from({ length: height }, (_, row) => lines[row] ?? empty);
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      {rows.map((line, row) => (
        // A row is its place: what stands in it comes and goes.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Row key={row} line={line} />
      ))}
    </Box>
  );
}

const empty: Line = [];

const Row = memo(function Row({ line }: { line: Line }) {
  const theme = useContext(ThemeContext);
  return (
    <Text wrap="truncate">
      {line.length === 0
        ? ' '
        : line.map(({ text, tone }, index) => {
            const key = `${index}`;
            return tone === undefined || tone === 'plain' ? (
              text
            ) : (
              <Text key={key} {...theme[tone]}>
                {text}
              </Text>
            );
          })}
    </Text>
  );
});
