import type { Texts } from '../en.ts'

/** Forms that open where an order was begun without its arguments. */
export const forms: Texts['forms'] = {
  title: { deploy: '部署镜像', scale: '调整副本数', rollback: '回滚' },
  submit: '生成计划',
  cancel: '关闭',
  target: '工作负载',
  targetTyped: '集群没有及时响应，请按 cluster:namespace/name 手工填写。',
  image: '镜像或标签',
  imageHint: (images) =>
    images.length === 0
      ? '标签、摘要（digest）或完整镜像地址。'
      : `标签、摘要（digest）或完整镜像地址。当前运行：${images.join('、')}`.slice(0, 1_900),
  replicas: '副本数',
  replicasHint: '5、+2、-1；由 HPA 管理的，填上下限，例如 4..12。',
  revision: '版本号（revision）',
  revisionHint: '留空则回到上一个版本。',
  reason: '原因',
}
