import type { StoryWords } from '../en/story.ts'

export const story: StoryWords = {
  guide: '引导',
  open: '引导 ',
  away: '收起引导',
  progress: (done, all) => `已完成 ${done}/${all}`,
  become: (name) => `切换为 ${name}`,
  as: (name) => `以 ${name} 的身份`,
  end: [
    '整条路走完了。',
    '每条命令都是这样走的：先复述，按策略裁决，只执行一次，盯到结束。接下来去控制室里搞点破坏，或者用 /metrics web 看看曲线。',
  ],
  titles: {
    deploy: '发布到测试',
    hang: '让发布卡住，再撤回',
    ask: '申请上生产',
    approve: '换个人审批，然后回滚',
    void: '趁人不备改掉对象',
    alert: '收到告警，在消息列里了结它',
    audit: '拿出证据',
  },
  scenes: {
    deploy: { about: '在团队频道里敲一行。机器人先复述，只打一个补丁，一直盯到发布结束。' },
    hang: { about: '这个镜像从没推送过。看卡片：它会查出为什么卡住。' },
    hung: { about: '卡住了，原因写在卡片上。点卡片上的“撤销”。' },
    ask: { about: '开发只能申请，不能自己定：策略要求第二个人看过。' },
    approve: { about: 'Bo 在值班。他看到的就是将要发生的全部改动，批准的也只是这些。' },
    back: { about: '再退回去：Bo 有权单独操作，但生产环境会再问一次。在卡片上确认。' },
    void_ask: { about: '先再申请一次生产变更。' },
    void_meddle: { about: '等待审批时，有人用 kubectl 改了同一个对象。', press: '手工修改 orders' },
    void_approve: { about: '现在以 Bo 的身份批准：他看到的已经不是将要发生的，所以什么都不会发生。' },
    alert_break: { about: '这个镜像启动后会不断崩溃。把它发布到测试。' },
    alert_wait: { about: '它开始崩溃了。几秒后告警会出现在 #alerts。' },
    alert_thread: {
      about: '打开 #alerts 里这条告警的消息列：原因、曲线图、最后日志和近期变更都在那里。从那里回滚，卡片会自行恢复。',
    },
    audit: { about: '谁申请、谁批准、结果如何：每一行都带着上一行的哈希。' },
    audit_verify: { about: '让离线校验把整条链走一遍。', press: '校验审计记录' },
  },
}
