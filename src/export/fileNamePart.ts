/** A concept's name as part of a file name that is valid on any system. */
export function fileNamePart(name: string): string {
  return (
    name
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/gu, '')
      .slice(0, 60) || 'concept'
  );
}
