// Reads a study's metadata in one request, and gives each frame the name that the loader retrieves it by (WADO-RS frames).
import { wadors } from '@cornerstonejs/dicom-image-loader';

const value = (dataSet, tag) => dataSet[tag]?.Value?.[0];
const number = (dataSet, tag) => Number(value(dataSet, tag) ?? 0);

// Documents, structured reports and presentation states have no pixels to show.
const hasPixels = dataSet => dataSet['00280010'] && dataSet['00280011'] && dataSet['7FE00010'];

/** @returns {Promise<{id: string, label: string, name: string, date: string, imageIds: string[]}[]>} by series number */
export async function loadStudy(root, study, words) {
  const answer = await fetch(`${root}/studies/${study}/metadata`, { headers: { Accept: 'application/dicom+json' }, credentials: 'same-origin' });
  if (!answer.ok) throw Object.assign(new Error(`metadata: ${answer.status}`), { shown: await refusalOf(answer, words) });
  const bySeries = new Map();
  for (const dataSet of await answer.json()) {
    if (!hasPixels(dataSet)) continue;
    const id = value(dataSet, '0020000E');
    if (!bySeries.has(id)) bySeries.set(id, []);
    bySeries.get(id).push(dataSet);
  }
  return [...bySeries].map(([id, dataSets]) => seriesOf(root, study, id, dataSets)).sort((one, other) => one.number - other.number);
}

function seriesOf(root, study, id, dataSets) {
  dataSets.sort((one, other) => number(one, '00200013') - number(other, '00200013'));
  const imageIds = [];
  for (const dataSet of dataSets) {
    const frames = Math.max(1, number(dataSet, '00280008'));
    for (let frame = 1; frame <= frames; frame++) {
      const imageId = `wadors:${root}/studies/${study}/series/${id}/instances/${value(dataSet, '00080018')}/frames/${frame}`;
      wadors.metaDataManager.add(imageId, dataSet);
      imageIds.push(imageId);
    }
  }
  const first = dataSets[0];
  const patient = value(first, '00100010') ?? {};
  return {
    id, imageIds, number: number(first, '00200011'),
    label: [value(first, '00080060'), value(first, '0008103E') ?? value(first, '00181030')].filter(Boolean).join(' · '),
    name: [patient.Alphabetic?.replaceAll('^', ' ').trim(), patient.Ideographic?.replaceAll('^', '').trim()].filter(Boolean).join(' '),
    date: (value(first, '00080020') ?? '').replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'),
  };
}

async function refusalOf(answer, words) {
  const issue = await answer.json().then(outcome => outcome.issue?.[0], () => null);
  if (!issue) return words.failed;
  const translated = issue.details._text?.extension?.[0]?.extension?.find(part => part.url === 'content')?.valueString;
  return `${issue.details.coding[0].code} ${words.language === 'zh' && translated ? translated : issue.details.text}`;
}
