import { serve } from './asking.ts';
import { startPage } from './page.ts';

// One script for both threads: in the one that checks there is no document.
if (typeof document === 'undefined') serve();
else startPage(document.currentScript!.textContent);
