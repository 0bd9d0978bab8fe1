// What modules downstream ask inside their own transactions.
export { type Cite, type CiteRefusal, citesRefused } from './cites.store.ts';
