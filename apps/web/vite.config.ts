import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.EVENKEEL_WEB_API ?? 'http://127.0.0.1:7140';

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2024',
    // The server allows no inline script, so the polyfill that vite would inline is left out.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    // The live page opens without a network: it is made of little, and of its own.
    rolldownOptions: { input: { index: page('index.html'), live: page('live.html') } },
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: server } } },
});
