import { startPage } from './page.ts';
import { serve } from './serving.ts';

// One script for all threads: in those that check there is no document.
if (typeof document === 'undefined') serve();
else startPage(document.currentScript!.textContent);
