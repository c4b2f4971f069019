/** The program that builds one page with Vite: `node run-vite.ts <source> <base> <output>`. */
import vue from '@vitejs/plugin-vue';
import { build } from 'vite';

const [source = '', base = '', outDir = ''] = process.argv.slice(2);

await build({
  configFile: false,
  root: source,
  base,
  logLevel: 'error',
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir,
    emptyOutDir: true,
    // Webviews of chat clients lag behind browsers by years.
    target: ['chrome87', 'safari14'],
    // The content security policy allows nothing inline, and one chunk has nothing to preload.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What several pages share comes in two files: twenty small ones cost a phone more round trips than they save bytes.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'vendor', test: /node_modules/, priority: 1 },
            { name: 'shared', minShareCount: 2 },
          ],
        },
      },
    },
  },
});
