from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from todo.models import Task, TaskList


def fill():
    users = get_user_model().objects
    group = Group.objects.create(name="Workers")
    for user in users.all():
        user.groups.add(group)
    author = users.get(username="admin")
    for name in ("Tickets", "Garden", "House"):
        task_list = TaskList.objects.create(name=name, slug=name.lower(), group=group)
        for number in range(6):
            task = Task.objects.create(
                title=f"{name} task {number}",
                task_list=task_list,
                created_by=author,
                note="Some <b>note</b> & more",
                priority=number,
                completed=number % 3 == 0,
            )
            task.assigned_to.add(author)
