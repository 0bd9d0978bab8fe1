import { defineConfig } from '@hey-api/openapi-ts';

/** Writes src/generated from the server's contract: `npx openapi-ts -f apps/web/openapi-ts.config.ts`. */
export default defineConfig({
  input: new URL('../evenkeel/openapi.json', import.meta.url).pathname,
  output: {
    path: new URL('./src/generated', import.meta.url).pathname,
    // No barrel: imports name the file a thing stands in.
    entryFile: false,
  },
  plugins: [
    { name: '@hey-api/client-fetch', throwOnError: true, baseUrl: '' },
    { name: '@hey-api/typescript' },
    { name: '@hey-api/sdk', responseStyle: 'data' },
  ],
});
