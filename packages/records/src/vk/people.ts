/**
 * The number behind a link to a page of VK: `id1` is 1, a community (`club`, `public`, `event`) is negative.
 *
 * @returns `vk:1`, `vk:-1`, `vk:short_name`, or null for what is no such link.
 */
export function addressOf(link: string): string | null {
  const page = /^https?:\/\/(?:m\.|www\.)?vk\.(?:com|ru)\/([\w.]{1,64})\/?$/.exec(link)?.[1];
  if (!page) return null;
  const person = /^id(\d+)$/.exec(page);
  const community = /^(?:club|public|event)(\d+)$/.exec(page);
  return person ? `vk:${person[1]}` : community ? `vk:-${community[1]}` : `vk:${page}`;
}
