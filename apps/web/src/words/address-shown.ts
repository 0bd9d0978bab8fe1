/**
 * An address as it is shown beside a name.
 *
 * @returns Nothing where a chat tells people apart by nothing but their name, and repeats it as an address.
 */
export function addressShown(address: string): string {
  return /^[a-z]+:name=/.test(address) ? '' : address;
}
