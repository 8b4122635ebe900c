/** Style sheets are bundled by esbuild into dist/webview.css; importing one gives no value. */
declare module '*.css';
