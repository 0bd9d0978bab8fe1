import { resolve } from 'node:path';
import { verifierPage } from '../modules/bundle/verifier.actions.ts';
import { type ExitCode, type Given, type Surroundings, textOf, UsageError } from './command.ts';
import { saving } from './saving.ts';

/** Writes the page that checks a bundle, so that it can go another road than the bundle. */
export async function writeVerifier(
  { values, words }: Given,
  { out }: Pick<Surroundings, 'out'>,
): Promise<ExitCode> {
  if (words.length > 1) throw new UsageError(`bundle verifier takes no "${words[1]}"`);
  const path = textOf(values.out);
  if (path === null) throw new UsageError('bundle verifier needs --out FILE.html');
  const target = resolve(path);
  await saving([target], async ([file]) => {
    await file!.write(new Response(new Uint8Array(await verifierPage())));
    await file!.keep();
  });
  out.result(values.json ? JSON.stringify({ path: target }) : `Written: ${path}`);
  return 0;
}
