/** `whatsapp:name=Ivan Orlov` is no address that anybody would read. */
export function shownAs(value: string): string {
  return value.replace(/^([a-z]+):name=/, '$1: ');
}
