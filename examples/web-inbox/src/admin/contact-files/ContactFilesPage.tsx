import { usePath } from '../../app/router.js';
import { PageFrame } from '../frame/PageFrame.js';
import { ExportCard } from './ExportCard.js';
import { FileDrop } from './FileDrop.js';
import { ImportList } from './ImportList.js';
import { OneImport } from './OneImport.js';
import { importIn } from './path.js';

/** Contacts from a file, and to one. */
export default function ContactFilesPage() {
  const id = importIn(usePath().search);
  if (id !== undefined) return <OneImport key={id} id={id} />;
  return (
    <PageFrame title="Import and export" says="Bring contacts in from a spreadsheet, and write all of them to one.">
      <FileDrop />
      <h2 className="mt-8 mb-3 font-semibold text-base">Imports</h2>
      <ImportList />
      <ExportCard />
    </PageFrame>
  );
}
