/** A concept's name as a part of a file's name, on any system. */
export function fileNamePart(name: string): string {
  return (
    name
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/gu, '')
      .slice(0, 60) || 'concept'
  );
}
