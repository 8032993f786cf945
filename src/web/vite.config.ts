import { defineConfig } from 'vite';
import { helpPlugin } from './help/help-plugin.ts';

/** How the page is built, and served while it is worked on beside a running Bellhop. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [helpPlugin()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: [
      { find: /^react(-dom)?$/, replacement: 'preact/compat' },
      { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
    ],
  },
  // Fonts and pictures as data: addresses would have to be allowed by the content security policy.
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The drawer of Slack messages knows every emoji by name. It is loaded with the first message, not with the page.
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:3000', changeOrigin: true } } },
});
