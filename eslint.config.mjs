import tseslint from 'typescript-eslint';

/** The files, type-checked by the project that they belong to. */
const checked = (files, project, ignores = []) => ({
  files,
  ignores,
  plugins: { '@typescript-eslint': tseslint.plugin },
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: { project, tsconfigRootDir: import.meta.dirname },
  },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
  },
});

// Biome does all other linting; these two rules need types.
export default [
  {
    ignores: ['**/dist/**', '**/generated/**', '**/coverage/**', '.cache/**', 'data/**'],
  },
  checked(['**/*.ts', '**/*.tsx', 'scripts/**/*.mjs'], './tsconfig.check.json', ['examples/web-inbox/**']),
  checked(['examples/web-inbox/**/*.{ts,tsx}'], './examples/web-inbox/tsconfig.json'),
];
