"""The settings of the invented client: its title, and how its own files map to canonical tables."""

from __future__ import annotations

SETTINGS = """\
title: {zh: 青颜护肤, en: Qingyan Skincare}
currency: CNY
data: generated  # invented: no personal data of a real person
# Columns that the client's systems add to the platforms' exports:
#   抖音/fxg_export_*.csv: 买家ID, an opaque id of the buyer, added by the ERP as a last column
#   企业微信/联系客户统计*.csv: userid, the staff account; 企业微信/客户群统计*.csv: owner, the group owner
mappings:
  - file: "商品档案*.xlsx"
    table: products
    columns: {product_id: 商家编码, product: 商品名称, category: 品类, list_price: 吊牌价, unit_cost: 成本}
  - file: "门店档案*.xlsx"
    table: stores
    columns: {store: 门店编码, city: 城市, region: 大区, ownership: 归属, staff_count: 员工数}
  - file: "门店目标*.xlsx"
    table: store_months
    unpivot: {metric: {销售目标: sales, 加粉目标: adds}, value: target}
    columns: {month: 月份, store: 门店编码}
  - file: "企微客户_平台账号对应*.csv"
    table: contacts
    columns: {contact: 企微客户ID, customer: 平台账号, added_at: 添加时间}
    channel_column: 平台
  # the Youzan shop is the mini-program: its visits belong to the orders of the shop
  - file: "访问趋势*.csv"
    table: traffic
    channel: youzan
    columns: {starts_on: ref_date, visitors: visit_uv, views: visit_pv}
"""
