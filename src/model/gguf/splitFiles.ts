/** The names that llama.cpp gives to the parts of a split model (llama_split_path). */
export const partName = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/u;

/** Whether a file is a part of a split model other than the first. */
export function isLaterPart(name: string): boolean {
  const number = partName.exec(name)?.[2];
  return number !== undefined && Number(number) !== 1;
}

/** The first part of the model that a file belongs to: the file itself if it is not split. */
export function firstPart(name: string): string {
  return partsOf(name)[0]!;
}

/** All parts of the model that a file belongs to, in order. */
export function partsOf(name: string): string[] {
  const [, stem, , count] = partName.exec(name) ?? [];
  if (stem === undefined || count === undefined) return [name];
  return Array.from(
    { length: Math.min(Number(count), 1000) },
    (_, i) => `${stem}-${String(i + 1).padStart(5, '0')}-of-${count}.gguf`,
  );
}
