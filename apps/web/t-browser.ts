import { startBrowser, newPage } from './test/support/browser.ts';
const b = await startBrowser();
for (let i=0;i<4;i++){ const {page}=await newPage(b,'http://x'); await page.goto('data:text/html,<h1>hi</h1><button>x</button>'); for(let k=0;k<20;k++) await page.getByRole('button').click(); await page.context().close(); }
await b.close();
