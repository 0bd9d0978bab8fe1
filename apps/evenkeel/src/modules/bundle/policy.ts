/**
 * The trust file of a bundle: which log, and which witnesses have to have seen its head. A reader puts the key there that
 * they were given by another road, keeps or adds the witnesses that they trust, and says how many are enough.
 *
 * @source C2SP tlog-policy
 */
export function policyText(
  vkey: string,
  witnesses: readonly { readonly name: string; readonly vkey: string }[] = [],
): string {
  const seenBy = witnesses.map((one) => `witness ${one.name} ${one.vkey}\n`).join('');
  return `# Whom to trust about this log (c2sp.org/tlog-policy). It came with the bundle, so that it proves nothing by itself:
# compare the key with the one that you were given by another road, and name the witnesses that you trust.
log ${vkey}
${seenBy}quorum none
`;
}
