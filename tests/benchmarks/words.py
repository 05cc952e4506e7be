"""What the people of a made-up company write: tables of titles, reasons and notes.

Three languages, so that dates, decimals and scripts differ as they do in a real company.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """An objective that many teams have: its id, its title and why."""

    id: str
    title: str
    why: str


@dataclass(frozen=True)
class Measure:
    """A number that key results move: how its title begins and where it stands."""

    id: str
    title: str
    unit: str
    """How a value is written: `{} ms`."""
    baseline: float
    target: float
    digits: int = 0


@dataclass(frozen=True)
class Language:
    """All that people write in one language."""

    code: str
    between: str
    """How a sentence says both ends: `from {} to {}`."""
    themes: tuple[Theme, ...]
    measures: tuple[Measure, ...]
    milestones: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Id, title and steps."""
    definitions: tuple[tuple[str, str, str], ...]
    """What counts, what doesn't, and how it contributes."""
    notes: tuple[str, ...]
    blockers: tuple[str, ...]
    decisions: tuple[str, ...]
    asks: tuple[str, ...]
    priorities: tuple[str, ...]
    upcoming: tuple[str, ...]
    wins: tuple[str, ...]
    initiatives: tuple[str, ...]


def _themes(*rows: str) -> tuple[Theme, ...]:
    return tuple(Theme(*row.split(" | ")) for row in rows)


ENGLISH = Language(
    "en",
    "from {} to {}",
    _themes(
        "trust | Make our service trusted during peak usage | Two outages in August cost us three renewals, and every third ticket since then asks whether it can happen again.",
        "first-day | Make a customer's first month with us feel easy | Who has a hard first month calls support three times as often for the whole first year.",
        "answers | Give people an answer before they ask twice | Half of all tickets are opened a second time because nobody said when an answer would come.",
        "calm | Let the people on call sleep | Our engineers are woken eleven times a month, and two of them have asked to leave the rota.",
        "renew | Let customers renew because they want to | A renewal that needed a discount is a warning that came too late.",
        "simple | Take the friction out of everyday work | The same twelve clicks are made four thousand times a day; nobody has looked at them since they were built.",
        "partners | Plug into what our customers already have | Every second lost tender names a system that we could not talk to.",
        "learn | Know what helps before we build it | Of last year's nine launches, four are used by fewer than twenty customers.",
        "cost | Grow without growing the bill | Hosting has grown twice as fast as revenue for three quarters in a row.",
        "safe | Keep what people entrust to us in safe hands | An audit found eleven places where a former colleague could still have signed in.",
        "team | Be a team that people want to join and stay in | Three of our strongest colleagues left this year, and all three told us why.",
        "markets | Win the trust of two new markets | Our references are all from one country, and tenders elsewhere ask for a neighbour's name.",
    ),
    (
        Measure(
            "latency", "Improve the median response time of our busiest page", "{} ms", 900, 600
        ),
        Measure("restore", "Shorten the time to restore service", "{} minutes", 48, 20),
        Measure("lead-time", "Shorten the way of a change to production", "{} days", 9, 4),
        Measure("coverage", "Lift the share of critical journeys under test", "{}%", 54, 80),
        Measure("adoption", "Lift weekly adoption of the new workflow", "{}%", 22, 60),
        Measure("nps", "Raise the recommendation score of key accounts", "{}", 31, 45),
        Measure("revenue", "Grow yearly recurring revenue in our segment", "${}M", 1.2, 2.0, 2),
        Measure("hosting", "Lower what hosting one customer costs a month", "€{}", 42, 30),
        Measure("by-hand", "Cut manual work in the monthly close", "{} hours", 64, 24),
        Measure(
            "first-answer", "Shorten the first answer to an urgent ticket", "{} minutes", 22, 10
        ),
        Measure("requests", "Raise requests served in the busiest hour", "{}k", 420, 700),
        Measure("download", "Shrink what a first visit downloads", "{} MB", 48, 30),
        Measure("satisfaction", "Lift satisfaction after the first month", "{}", 4.1, 4.6, 1),
        Measure("drills", "Increase restore drills held each month", "{}", 2, 8),
        Measure("certified", "Grow certified integrations in daily use", "{}", 4, 18),
        Measure("failed", "Cut payments that fail at the first attempt", "{}%", 8.2, 3.5, 1),
        Measure("early", "Raise renewals agreed before their last month", "{}%", 38, 65),
        Measure("old-tickets", "Bring down tickets older than a week", "{}", 148, 45),
        Measure("roles", "Shorten the time to fill an open role", "{} weeks", 14, 8),
        Measure("reviewed", "Raise changes that are reviewed within a day", "{}%", 47, 85),
        Measure("energy", "Lower the energy of a nightly batch", "{} kWh", 310, 190),
        Measure("interviews", "Raise conversations with customers who left", "{}", 3, 24),
    ),
    (
        (
            "playbook",
            "Publish the incident playbook",
            ("Draft reviewed by on-call", "Every on-call drilled", "Published to all teams"),
        ),
        (
            "migration",
            "Move the nightly batch to the new queue",
            (
                "Shadow run for a week",
                "Half of the jobs moved",
                "All jobs moved",
                "Old queue switched off",
            ),
        ),
        (
            "self-service",
            "Let customers change their contract themselves",
            ("Legal agreed", "Tested with five customers", "Open to all"),
        ),
        (
            "audit",
            "Pass the yearly audit without a major finding",
            ("Evidence collected", "Stage one passed", "Stage two passed"),
        ),
        (
            "handbook",
            "Give newcomers a handbook that they finish",
            (
                "Outline agreed",
                "Six chapters written",
                "First group read it",
                "Revised after their notes",
            ),
        ),
    ),
    (
        (
            "Requests to public endpoints, measured at the load balancer",
            "Health checks and our own monitoring",
            "Timeouts at peak are what customers call an outage",
        ),
        (
            "All customers who paid for at least one month",
            "Trials and our own accounts",
            "It is the number that decides a renewal",
        ),
        (
            "Median of the last seven days, counted in working hours",
            "Tickets that the customer put on hold",
            "Who waits asks again, and then asks somebody else",
        ),
        (
            "What was merged to the main branch, by the day of the merge",
            "Updates of dependencies by a bot",
            "Small and early changes break less and are mended sooner",
        ),
        (
            "One question at the end of the month, from one to five",
            "Answers from people who joined this week",
            "Those who are content tell two others",
        ),
    ),
    (
        "It follows the batch window; once that moved, the curve bent.",
        "Better than we feared: the pilot group asks for more.",
        "Flat this week, as half of the team was at the customer days.",
        "The number is right but the sample is small; next week tells more.",
        "Three of five accounts are through, the fourth starts on Monday.",
        "We found that the old report counted test accounts; corrected from here on.",
        "Slower than planned, because reviews wait for one person.",
        "Went up after the new page was shown to everybody on Tuesday.",
        "Nothing moved: all hands were on the incident.",
        "The change from last week holds, even in the busiest hour.",
    ),
    (
        "No capacity to move the nightly batch.",
        "The contract with the supplier is not signed.",
        "We wait for test data that legal must release.",
    ),
    (
        "Stop the dashboard rewrite until this is green.",
        "Release to half of the customers first.",
        "Take the target as it is and talk about it at the review.",
    ),
    (
        "Two days of a database engineer",
        "A customer who would try it in December",
        "Somebody from legal for an hour",
    ),
    (
        "P1 Move the nightly batch",
        "P1 Finish the pilot",
        "P2 Incident playbook",
        "P2 Interviews for the open role",
        "P3 Clean up alerts",
        "P1 Load test before the peak",
    ),
    (
        "Load test with the data team",
        "Review with the steering group",
        "Second pilot starts",
        "Training for support",
    ),
    (
        "Zero serious incidents for three weeks",
        "Signed the second reference customer",
        "The oldest ticket is closed",
        "Rota is full for the first time",
    ),
    (
        "Performance profiling",
        "Query cache",
        "Pilot with five customers",
        "Weekly reading of tickets",
        "New runbook",
        "Pairing with support",
    ),
)

PORTUGUESE = Language(
    "pt",
    "de {} para {}",
    _themes(
        "perto | Estar mais perto dos clientes pequenos | Os clientes com menos de dez pessoas são metade da carteira e um terço dos que saem.",
        "fatura | Fazer da fatura certa um hábito | Cada fatura recusada custa ao cliente vinte minutos e a nós um pedido de ajuda.",
        "resposta | Responder antes que perguntem outra vez | Metade dos pedidos é reaberta porque ninguém disse quando viria a resposta.",
        "calma | Deixar dormir quem está de serviço | A equipa é acordada onze vezes por mês e duas pessoas já pediram para sair da escala.",
        "equipa | Ser uma equipa onde se quer ficar | Três colegas saíram este ano e todos disseram porquê.",
        "confianca | Merecer confiança nas horas de ponta | Duas falhas em agosto custaram-nos três renovações.",
    ),
    (
        Measure("ativas", "Aumentar a adesão semanal ao novo fluxo", "{}%", 22, 60),
        Measure("tempo", "Reduzir o tempo de resposta a um pedido urgente", "{} horas", 19, 6),
        Measure("satisfacao", "Subir a satisfação depois do primeiro mês", "{}", 3.9, 4.5, 1),
        Measure("recusadas", "Reduzir faturas recusadas pela seguradora", "{}%", 8.4, 3.2, 1),
        Measure("custo", "Baixar o custo de alojamento por cliente", "{} €", 42, 30),
        Measure("manual", "Cortar o trabalho manual no fecho do mês", "{} horas", 64, 24),
        Measure("revistas", "Aumentar alterações revistas no mesmo dia", "{}%", 47, 85),
        Measure("clientes", "Aumentar clientes com uma conversa anual", "{}", 40, 95),
        Measure("carga", "Melhorar a carga da página mais usada", "{} ms", 900, 600),
    ),
    (
        (
            "guia",
            "Publicar o guia das receções",
            (
                "Guia revisto com três receções",
                "Guia publicado",
                "Primeiros dez clientes sem chamadas",
            ),
        ),
        (
            "mudanca",
            "Mudar o lote da noite para a nova fila",
            ("Uma semana em paralelo", "Metade mudada", "Fila antiga desligada"),
        ),
    ),
    (
        (
            "Mediana da semana, em horas úteis até à primeira resposta útil",
            "Pedidos que o cliente pôs em espera",
            "Quem espera pergunta outra vez",
        ),
        (
            "Clientes que pagaram pelo menos um mês",
            "Experiências e contas nossas",
            "É o número que decide uma renovação",
        ),
    ),
    (
        "Subiu depois de a nova página aparecer a todos na terça-feira.",
        "Esta semana ficou na mesma: metade da equipa esteve com clientes.",
        "Melhor do que receávamos; o grupo piloto pede mais.",
        "O número está certo mas a amostra é pequena.",
    ),
    ("Falta assinar o contrato com o fornecedor.",),
    ("Lançar primeiro a metade dos clientes.",),
    ("Dois dias de alguém de bases de dados",),
    ("P1 Terminar o piloto", "P2 Guia das receções", "P2 Limpar alertas"),
    ("Segundo piloto", "Formação do apoio"),
    ("Três semanas sem incidentes graves", "O pedido mais antigo está fechado"),
    ("Piloto com cinco clientes", "Leitura semanal de pedidos", "Novo manual de serviço"),
)

CHINESE = Language(
    "zh",
    "从 {} 到 {}",
    _themes(
        "xinren | 让客户在高峰期也能信赖我们 | 八月的两次故障让我们失去了三份续约合同。",
        "xinshou | 让客户的第一个月变得轻松 | 第一个月不顺利的客户，全年来电量是其他客户的三倍。",
        "huida | 在客户再次询问之前给出答复 | 一半的工单被重新打开，因为没有人说明何时答复。",
        "anxin | 让值班同事睡个好觉 | 值班工程师每个月被叫醒十一次，已有两人申请退出。",
        "tuandui | 成为大家愿意加入并留下的团队 | 今年有三位骨干离开，三个人都告诉了我们原因。",
        "chengben | 业务增长而成本不增长 | 托管成本的增速连续三个季度是收入的两倍。",
    ),
    (
        Measure("shiyong", "新流程的每周使用率", "{}%", 22, 60),
        Measure("xiangying", "紧急工单的首次响应时间", "{} 分钟", 62, 20),
        Measure("manyi", "第一个月后的客户满意度", "{}", 4.1, 4.6, 1),
        Measure("yuejie", "月结的人工时间", "{} 小时", 64, 24),
        Measure("shibai", "首次支付失败率", "{}%", 8.2, 3.5, 1),
        Measure("ceshi", "关键流程的测试覆盖率", "{}%", 54, 80),
        Measure("yanchi", "最繁忙页面的响应时间", "{} 毫秒", 900, 600),
        Measure("shangxian", "一次变更到上线的时间", "{} 天", 19, 6),
        Measure("hezuo", "已认证的合作集成数量", "{}", 4, 18),
    ),
    (
        ("shouce", "发布故障处理手册", ("初稿评审完成", "所有值班人员演练完毕", "向全部团队发布")),
        ("qianyi", "把夜间批处理迁移到新队列", ("并行运行一周", "迁移一半任务", "关闭旧队列")),
    ),
    (
        ("负载均衡器上测得的公共接口请求", "健康检查", "高峰期超时就是客户眼中的故障"),
        ("付费至少一个月的全部客户", "试用账户和我们自己的账户", "它决定客户是否续约"),
    ),
    (
        "周二向所有人开放新页面之后上升。",
        "本周没有变化，一半同事在客户现场。",
        "比我们担心的好，试点客户希望继续。",
        "数字正确，但样本较小，下周再看。",
    ),
    ("与供应商的合同尚未签署。",),
    ("先向一半客户发布。",),
    ("需要数据库工程师两天时间",),
    ("P1 完成试点", "P2 故障处理手册", "P2 整理告警"),
    ("第二轮试点", "支持团队培训"),
    ("连续三周没有严重故障", "最早的工单已关闭"),
    ("五家客户试点", "每周阅读工单", "新的值班手册"),
)

LIMITS = (
    ("sev1", "Reduce Sev-1 incidents from {} to {} per quarter", 14, 6),
    ("rollbacks", "Reduce rollbacks of releases from {} to {} per quarter", 26, 12),
    ("lost", "Reduce lost renewals from {} to {} per quarter", 19, 8),
    ("nights", "Reduce calls at night from {} to {} per quarter", 33, 15),
)
"""Counts that only grow: id, sentence, baseline and target."""

MAINTAINED = (
    ("availability", "Keep availability of the public service at", "{}%", 99.9, 2),
    ("answered", "Keep the share of tickets answered the same day above", "{}%", 90, 0),
    ("morale", "Keep the monthly score of our own mood above", "{}", 4, 1),
)
"""What must stay where it is: id, title without its number, unit, target and digits."""

RUBRICS = (
    (
        "community",
        "Grow a community that helps itself",
        (
            "A handful of regulars",
            "Half of all questions answered there",
            "Members run their own meetings",
        ),
    ),
    (
        "reference",
        "Become the name that others recommend",
        (
            "First reference signed",
            "Three references in two countries",
            "A reference speaks at our customer day",
        ),
    ),
)
"""What is judged by a level: id, title and what earns 0.3, 0.7 and 1.0."""

AREAS = tuple(
    "Billing|Platform|Mobile|Data|Identity|Search|Payments|Logistics|Clinics|Pharmacy|Insurance|"
    "Support|Onboarding|Partners|Marketing|Sales|Finance|Talent|Legal|Security|Network|Storage|"
    "Messaging|Scheduling|Records|Imaging|Laboratory|Training|Research|Design|Quality|Devices|"
    "Procurement|Facilities|Translation|Analytics|Automation|Community|Compliance|Forecasting".split(
        "|"
    )
)
CRAFTS = tuple(
    "Reliability|Experience|Foundations|Growth|Tooling|Delivery|Insights|Integrations|Operations|"
    "Core|Web|Apps|Interfaces|Enablement|Standards|Discovery|Migration|Performance|Rollout|Care".split(
        "|"
    )
)
REGIONS = tuple(
    "|Nordics|Iberia|Brazil|China|India|Japan|Germany|France|Italy|Poland|Canada|Mexico|Kenya|"
    "Egypt|Korea|Chile|Austria|Ireland|Greece".split("|")
)
DIVISIONS = tuple(
    "Products|Technology|Customers|Markets|Services|Corporate|Ventures|Regions".split("|")
)
FIRST_NAMES = tuple(
    "Ana Bo Dana Eva Felix Grace Hugo Ines Joana Kaito Leonor Mei Nadia Omar Priya Quentin Rui "
    "Sam Tiago Ursula Vera Wanda Xavier Yara Zofia Anders Beatriz Camille Diego Elif Farah "
    "Gustav Hana Ivo Julia Karim Lina Marek Noor Oskar Paula Rafael Sofia Tomas Ulla Victor "
    "Wei Ingrid".split()
)
LAST_NAMES = tuple(
    "Sousa Lindqvist Whitfield Brandt Moreau Okafor Almeida Tanaka Solheim Haddad Rao Dubois "
    "Ferreira Keller Novak Silva Weber Costa Nilsson Kowalska Berg Rocha Laurent Herrera Aydin "
    "Nasser Holm Sato Petrov Conti Amin Larsen Zeman Rahman Lund Ramos Pinto Marin Svoboda "
    "Dahl Fischer Chen Wang Li Zhang Huang Meyer Wagner Becker Hoffmann Schulz Koch Richter "
    "Klein Wolf Schroeder Neumann Schwarz Braun Krause Lehmann Maier Vogel Frank".split()
)
TITLES = (
    "Engineer",
    "Product manager",
    "Designer",
    "Analyst",
    "Team lead",
    "Customer manager",
    "Site reliability engineer",
    "Researcher",
    "Project manager",
    "Writer",
)
