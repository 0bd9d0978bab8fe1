/**
 * The trust file of a bundle: which log, and which witnesses have to have seen its head. A reader puts the key there that
 * they were given by another road, and adds the witnesses that they trust.
 *
 * @source C2SP tlog-policy
 */
export function policyText(vkey: string): string {
  return `# Whom to trust about this log (c2sp.org/tlog-policy). It came with the bundle, so that it proves nothing by itself:
# compare the key with the one that you were given by another road, and name the witnesses that you trust.
log ${vkey}
quorum none
`;
}
