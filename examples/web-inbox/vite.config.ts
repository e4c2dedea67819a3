import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // The SDK's sources: an edit there needs no build.
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  // No file becomes part of another one: a strict content security policy lets no `data:` in.
  // The first load is 160 kB once it is compressed, which is what counts.
  build: { target: 'es2022', sourcemap: false, assetsInlineLimit: 0, chunkSizeWarningLimit: 800 },
});
