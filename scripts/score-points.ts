import { pointTables } from './score/points.ts';

/** Prints precision and recall of "new" and "raised again" on the labelled threads. */
async function main(args: readonly string[]): Promise<void> {
  console.log(await pointTables(args.includes('--misses')));
}

await main(process.argv.slice(2));
