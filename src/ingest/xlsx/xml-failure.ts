/** How a reader of XML gives up. Both throw. */
export interface XmlFailure {
  damaged(found: string): never;
  tooLarge(found: string, expected: string): never;
}
