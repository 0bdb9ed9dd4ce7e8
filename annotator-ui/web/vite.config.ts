import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` finds a running `pixmo annotate serve`. */
const SERVER = 'http://127.0.0.1:8500';

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: 'es2022',
    // The server's Content-Security-Policy forbids `data:` scripts and styles, so every asset is a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': SERVER, '/healthz': SERVER } },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});
