/** Forms that open where an order was begun without its arguments. */
export const forms = {
  title: { deploy: 'Deploy an image', scale: 'Scale a workload', rollback: 'Roll back' },
  submit: 'Read it back',
  cancel: 'Close',
  target: 'Workload',
  targetTyped: 'The clusters did not answer in time: type it as cluster:namespace/name.',
  image: 'Image or tag',
  imageHint: (images: readonly string[]) =>
    images.length === 0
      ? 'A tag, a digest, or a full reference.'
      : `A tag, a digest, or a full reference. Running now: ${images.join(', ')}`.slice(0, 1_900),
  replicas: 'Replicas',
  replicasHint: '5, +2, -1; or bounds such as 4..12 where an autoscaler owns them.',
  revision: 'Revision',
  revisionHint: 'Empty: the one before the present one.',
  reason: 'Reason',
}
