/** The address of the page, and of one import on it. */
export const contactFilesPath = '/admin/contact-files';

export function pathOfImport(id: string): string {
  return `${contactFilesPath}?import=${encodeURIComponent(id)}`;
}

export function importIn(search: string): string | undefined {
  return new URLSearchParams(search).get('import') || undefined;
}
